"""A bucket of an S3 store, as keys and bytes. What the store says is turned into `OSError`, as a disk would say it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, Protocol, cast

SCHEME = "s3://"
CONNECT, SILENCE, WHOLE = timedelta(seconds=3), timedelta(seconds=20), timedelta(minutes=5)
"""A silent store holds a thread of the web server for seconds; a long export has minutes to leave."""
TRIES, TRIED = 2, timedelta(seconds=60)
READ_BYTES = 1024 * 1024


class StoreSilentError(OSError):
    """The store does not answer, or refuses this account: nothing is known of what it holds."""


@dataclass(frozen=True)
class Entry:
    """What a listing says of a file."""

    key: str
    size: int
    changed_at: datetime


class Access(Protocol):
    """Where a store is and how one enters it: the settings, or anything that bears their names."""

    HAVRE_S3_ENDPOINT: str
    HAVRE_S3_REGION: str
    HAVRE_S3_KEY: str
    HAVRE_S3_SECRET: str
    HAVRE_S3_CA: str


class Bucket:
    """Files of one bucket under one prefix."""

    def __init__(self, address: str, access: Access) -> None:
        self.address = address.rstrip("/")
        name, _, prefix = self.address.removeprefix(SCHEME).partition("/")
        self._store: Any = _store(name, prefix, access)

    def create(self, key: str, body: IO[bytes]) -> None:
        """Write a file that does not exist. A store that knows conditions refuses another one of this name."""
        self._call("put", key, body, mode="create", use_multipart=False)

    def put(self, key: str, body: IO[bytes]) -> None:
        self._call("put", key, body, use_multipart=False)

    def open(self, key: str) -> IO[bytes]:
        """Return the file, to read once from its beginning. Raises `FileNotFoundError` and `StoreSilentError`."""
        found = self._call("get", key)
        return cast(IO[bytes], io.BufferedReader(_Pieces(found.stream(min_chunk_size=READ_BYTES)), READ_BYTES))

    def entry(self, key: str) -> Entry:
        found = self._call("head", key)
        return Entry(key, found["size"], found["last_modified"])

    def stands(self, key: str) -> bool:
        try:
            self._call("head", key)
        except FileNotFoundError:
            return False
        return True

    def remove(self, key: str) -> None:
        try:
            self._call("delete", key)
        except FileNotFoundError:
            return

    def entries(self, under: str = "") -> Iterator[Entry]:
        found = iter(self._call("list", under or None))
        while (page := _translated(lambda: next(found, None))) is not None:
            for each in page:
                yield Entry(each["path"], each["size"], each["last_modified"])

    def _call(self, verb: str, *arguments: Any, **more: Any) -> Any:
        import obstore  # late: it opens threads of its own, which a process that forks must not have

        return _translated(lambda: getattr(obstore, verb)(self._store, *arguments, **more))


class _Pieces(io.RawIOBase):
    """The pieces of an answer, as one file."""

    def __init__(self, pieces: Any) -> None:
        self._pieces, self._left = iter(pieces), memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left:
            self._left = memoryview(_translated(lambda: bytes(next(self._pieces, b""))))
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size


def _store(name: str, prefix: str, access: Access) -> Any:
    from obstore.store import S3Store

    client: dict[str, Any] = {"connect_timeout": CONNECT, "read_timeout": SILENCE, "timeout": WHOLE}
    if access.HAVRE_S3_CA:
        client["root_certificate"] = Path(access.HAVRE_S3_CA).read_bytes()
    if access.HAVRE_S3_ENDPOINT.startswith("http://"):
        client["allow_http"] = True  # `check --deploy` refuses it, but for this machine
    return S3Store(
        name,
        prefix=prefix or None,
        endpoint=access.HAVRE_S3_ENDPOINT,
        region=access.HAVRE_S3_REGION,
        access_key_id=access.HAVRE_S3_KEY,
        secret_access_key=access.HAVRE_S3_SECRET,
        virtual_hosted_style_request=False,
        client_options=cast(Any, client),
        retry_config=cast(Any, {"max_retries": TRIES, "retry_timeout": TRIED}),
    )


def _translated(act: Any) -> Any:
    """Do it. What the store says quotes addresses and names of files: it goes no further."""
    from obstore.exceptions import AlreadyExistsError, BaseError

    try:
        return act()
    except FileNotFoundError:
        raise FileNotFoundError("the store holds no such file") from None
    except AlreadyExistsError:
        raise FileExistsError("the store already holds this file") from None
    except BaseError as error:
        raise StoreSilentError(type(error).__name__) from None
