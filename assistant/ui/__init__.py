"""The page. The only importer of gradio."""

from assistant.ui.page import mount_page

__all__ = ["mount_page"]
