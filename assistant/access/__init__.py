"""Who may use the server: named users with passwords, asked for on every address but this machine's own."""

from assistant.access.gate import Gate
from assistant.access.headers import SecureHeaders
from assistant.access.ledger import Ledger
from assistant.access.pace import Pace
from assistant.access.proxies import Proxies
from assistant.access.users import Users

__all__ = ["Gate", "Ledger", "Pace", "Proxies", "SecureHeaders", "Users"]
