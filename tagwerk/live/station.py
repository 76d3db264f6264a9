"""One stream as the hub holds it: its channels, filled together from the ledger."""

import asyncio
from dataclasses import dataclass, field

from tagwerk.live import ledger
from tagwerk.live.changes import AUDIENCES
from tagwerk.live.channel import Channel
from tagwerk.live.ring import Entry, Ring, encode

LANGUAGES = ("de", "en")


@dataclass
class Station:
    """All channels of one stream."""

    stream: int
    epoch: int
    head: int
    channels: dict[tuple[str, str], Channel]
    news: asyncio.Event = field(default_factory=asyncio.Event)
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)
    looking: "asyncio.Task[None] | None" = None

    @property
    def listeners(self) -> int:
        """Count the open connections."""
        return sum(len(channel.listeners) for channel in self.channels.values())

    def take(self, news: ledger.News) -> bool:
        """Bring what was read to everybody; tells whether there was anything."""
        if news.epoch != self.epoch or news.head < self.head:
            self.epoch, self.head = news.epoch, news.head
            for channel in self.channels.values():
                channel.start_over(Ring(floor=news.head), news.epoch)
            return True
        if not news.rows:
            return False
        self._fill(news)
        for channel in self.channels.values():
            channel.pass_on()
        return True

    def _fill(self, news: ledger.News) -> None:
        for row in ledger.newest(news.rows):
            for (audience, language), channel in self.channels.items():
                message = row.words.get(audience, {}).get(language)
                if message and ledger.hears(audience, row):
                    data = encode(self.epoch, row.revision, message)
                    channel.ring.push(Entry(row.revision, row.replaces, data))
        self.head = max(row.revision for row in news.rows)
        for channel in self.channels.values():
            channel.ring.head = self.head


def opened(stream: int, floor: int, news: ledger.News) -> Station:
    """Give a station filled with the last messages of its stream."""
    keys = [(audience, language) for audience in AUDIENCES for language in LANGUAGES]
    channels = {key: Channel(Ring(floor=floor), news.epoch) for key in keys}
    station = Station(stream, news.epoch, floor, channels)
    station.take(news)
    return station
