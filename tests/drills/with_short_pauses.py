"""The `gearmesh` command whose jobs rest a moment, not minutes: `python -m tests.drills.with_short_pauses serve`."""

from __future__ import annotations

import sys
from functools import partial
from typing import Any, cast

from api.core.clock import SECOND
from api.core.jobs import leases
from api.core.outgoing import post
from api.notifications import delivering

if __name__ == "__main__":
    leases.FIRST_PAUSE = SECOND // 5
    leases.LONGEST_PAUSE = SECOND
    cast(Any, delivering).post = partial(post, seconds=0.5)
    from frontend.cli import main

    sys.exit(main())
