"""What other programs are told of the HTTP API: its bodies, and a page that documents it."""

from assistant.interface.bodies import Health, Loaded, Problem, QuestionBody, Starting
from assistant.interface.page import DOCS_PATH, docs_page

__all__ = ["DOCS_PATH", "Health", "Loaded", "Problem", "QuestionBody", "Starting", "docs_page"]
