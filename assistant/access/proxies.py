"""Proxies that log people in themselves: a header tells who it is, and is believed from their addresses alone."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final

from starlette.types import Scope

from index.errors import BudgetError

LONGEST_NAME: Final = 100
_TOKEN: Final = re.compile(r"[A-Za-z0-9-]+")
_OTHERS: Final = frozenset({"authorization", "cookie", "host", "x-forwarded-for", "x-forwarded-proto"})
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class ProxiesInvalid(BudgetError):
    """The settings of the proxies make no sense."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Proxies:
    """The header that names a user, and who may send it."""

    header: str
    networks: tuple[_Network, ...]

    @classmethod
    def of(cls, header: str | None, addresses: str) -> Proxies | None:
        """As set, the addresses separated by commas; None where nothing is. Raises ProxiesInvalid."""
        parts = [part.strip() for part in addresses.split(",") if part.strip()]
        if not header and not parts:
            return None
        if not header or not parts:
            raise ProxiesInvalid(
                "网关登录只设了一半。", "BUDGET_PROXY_HEADER（哪个请求头写着用户）和 BUDGET_PROXY_ADDRESSES 要一起设。"
            )
        if not _TOKEN.fullmatch(header) or header.lower() in _OTHERS:
            raise ProxiesInvalid(f"请求头“{header}”不能用来写用户。", "例如 X-Remote-User。")
        return cls(header.lower(), tuple(map(_network, parts)))

    def trusts(self, address: str) -> bool:
        """Whether the header is believed from an address."""
        try:
            sender = ipaddress.ip_address(address)
        except ValueError:
            return False
        sender = getattr(sender, "ipv4_mapped", None) or sender
        return any(sender in network for network in self.networks)

    def user(self, scope: Scope, sender: str) -> str:
        """Whom a request is from by its header; empty where nobody may be believed to be named.

        Two headers are one too many: the visitor's beside the proxy's.
        """
        if not self.trusts(sender):
            return ""
        given = [value for name, value in scope["headers"] if name == self.header.encode()]
        return _name(given[0]) if len(given) == 1 else ""


def _name(given: bytes) -> str:
    try:
        name = given.decode("utf-8").strip()
    except UnicodeDecodeError:
        return ""
    # a comma joins what were two headers
    return name if name.isprintable() and len(name) <= LONGEST_NAME and not set(name) & set(",:") else ""


def _network(text: str) -> _Network:
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise ProxiesInvalid(f"网关地址“{text}”不对。", "应当是 IP 地址或网段，例如 10.0.0.5,10.1.0.0/24。") from error
    if network.prefixlen == 0:
        raise ProxiesInvalid(f"网关地址“{text}”是所有地址，谁都能冒充别人。", "请只写网关的地址。")
    return network
