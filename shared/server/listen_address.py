"""The check of the address to listen on, with advice for whoever set it."""

import errno
import socket

WHY = {
    errno.EADDRINUSE: "PORT={port}: another program listens there: end it, or take another PORT",
    errno.EACCES: "PORT={port}: only root may listen below 1024: take another PORT, and put a TLS "
    "proxy before it",
    errno.EADDRNOTAVAIL: "HOST={host}: this machine has no such address; 127.0.0.1 is for itself "
    "only, 0.0.0.0 is all it has",
}


class CannotListen(Exception):
    """Nobody can listen there; says what to change."""


def check_address(host: str, port: int) -> None:
    """Try to listen.

    Raises:
        CannotListen: If that doesn't work.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError):
        raise CannotListen(
            f"HOST={host}: no address has that name; it is one such as 127.0.0.1 or 0.0.0.0"
        ) from None
    for family, kind, protocol, _, address in found:
        try:
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                probe.bind(address)
                probe.listen()
        except OSError as error:
            if error.errno == errno.EAFNOSUPPORT:
                continue
            why = WHY.get(error.errno or 0, "HOST={host} PORT={port}: " + (error.strerror or ""))
            raise CannotListen(why.format(host=host, port=port)) from None
