"""The application as a server runs it: guard, streams, static files and pages."""

import gc
import os
import re

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tagwerk.site.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first

from tagwerk.kit import recordings  # noqa: E402
from tagwerk.kit.guard import Guard, Limit  # noqa: E402
from tagwerk.kit.letters import post_letters  # noqa: E402
from tagwerk.kit.shelf import Shelf  # noqa: E402
from tagwerk.kit.slides import LARGEST  # noqa: E402
from tagwerk.kit.threads import PooledDjango  # noqa: E402
from tagwerk.kit.uploads import Uploads  # noqa: E402
from tagwerk.kit.writer import writer_thread  # noqa: E402
from tagwerk.live.bell import bell  # noqa: E402
from tagwerk.live.doorbell import doorbell  # noqa: E402
from tagwerk.live.endpoint import LiveEndpoint  # noqa: E402
from tagwerk.live.hub import hub  # noqa: E402
from tagwerk.live.usher import Here  # noqa: E402
from tagwerk.site.crowds import crowds  # noqa: E402
from tagwerk.site.housekeeping import remind, store_counters, tell_devices, tidy, watch_hosts  # noqa: E402
from tagwerk.site.lifespan import Lifespan  # noqa: E402
from tagwerk.site.noticing import watch_plans  # noqa: E402

# Large bodies are for those who have signed in, or opened their personal link: what they hold is looked at later.
SIGNED_IN = re.compile(rf"\b{re.escape(settings.SESSION_COOKIE_NAME)}=.")
AUTHOR = re.compile(r"\btw-author\.[^=;]+=.")
# What participants type is short; the desk and programs may send as much as the guard allows to anybody.
PARTICIPANTS = Limit(re.compile(r"(?:/en)?/(?!api/|en/)[^/]+/(?!desk/)"), 64 * 1024)
IMPORTS = Limit(re.compile(r"(?:/en)?/[^/]+/desk/programme/import/$"), 8 * 1024 * 1024, SIGNED_IN)
# Logos of partners and stands, and a list of stands: large, and only sent by organisers.
LOGOS = Limit(
    re.compile(r"(?:/en)?/(?!api/|en/)[^/]+/desk/(?:setup/lists/partners|market)/"),
    2 * 1024 * 1024 + 64 * 1024,
    SIGNED_IN,
)
# What speakers hand in: slides, and a photo.
FILES = Limit(
    re.compile(r"(?:/en)?/(?!api/|en/)[^/]+/contributions/mine/(?:slides|photo)/$"), LARGEST + 64 * 1024, AUTHOR
)
# What speakers practise with: so large that it goes to disk first (kit/uploads.py).
RECORDINGS = re.compile(r"(?:/en)?/(?!api/|en/)[^/]+/contributions/mine/rehearsal/$")
pages = PooledDjango(settings.TAGWERK_THREADS)
shelf = Shelf(pages)
bell.connect(lambda _stream: shelf.spoil())
usher = Here(hub)
ring = doorbell()
OWN_CHORES = [(10.0, store_counters), (3.0, tell_devices)]  # each process has counted something
PLANS = [(2.0, watch_plans), (15.0, watch_hosts)]
CHORES = [*PLANS, (600.0, tidy), (5.0, crowds.tend), (5.0, post_letters), (900.0, remind)]
guard = Guard(LiveEndpoint(shelf), limits=[IMPORTS, LOGOS, FILES, PARTICIPANTS])
application = Lifespan(
    Uploads(guard, shelf, paths=RECORDINGS, largest=recordings.LARGEST),
    chores=[*OWN_CHORES, *CHORES],
    at_start=[ring.start] if ring else [],
    at_end=[crowds.stop, hub.stop, pages.stop, store_counters, writer_thread.stop, *([ring.stop] if ring else [])],
)

gc.collect()
gc.freeze()  # what is loaded now stays; the collector need not look at it again
gc.set_threshold(50_000, 20, 50)  # nor at thousands of listeners after every few requests
