"""What a service keeps of what happens in it: an audit, numbers for a monitor, lines of a log."""

from assistant.journal.audit import Audit
from assistant.journal.events import Asked, Event, Objected, asker
from assistant.journal.metrics import Metrics

__all__ = ["Asked", "Audit", "Event", "Metrics", "Objected", "asker"]
