"""Which certificates count: those that this machine trusts, or the file that SSL_CERT_FILE names, as for mail. requests alone knows only
those that it brings itself, and REQUESTS_CA_BUNDLE; both count as before."""

from __future__ import annotations

import ssl
from typing import Any

from requests.adapters import HTTPAdapter


class MachineTrust(HTTPAdapter):
    """For a session of requests with the server at this address: nothing is repeated by itself, and every certificate is checked
    with its name. All that a machine trusts takes a while to read: a server without TLS does not wait for it."""

    def __init__(self, address: str) -> None:
        self._without_tls = address.lower().startswith("http:")
        super().__init__(max_retries=0)

    def init_poolmanager(self, *given: Any, **named: Any) -> None:
        """Straight to the server."""
        if not self._without_tls:
            named["ssl_context"] = ssl.create_default_context()
        super().init_poolmanager(*given, **named)

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:
        """Through a proxy."""
        return super().proxy_manager_for(proxy, **named, ssl_context=ssl.create_default_context())
