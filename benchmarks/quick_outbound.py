"""The outbound app with the patience of a second where it has half a minute: for the storm."""

from outbound.app import create_app
from shared.observability.logs import set_up_logging
from shared.records.reconcile_schedule import ReconcileSchedule
from shared.server.server import Server
from shared.settings.settings import Settings

QUICK = ReconcileSchedule(
    exotel=1.0,
    answer=3.0,
    round=0.1,
    lease=1.0,
    backoff=(0.5, 1.0, 2.0),
    talking=1.0,
    down=1.0,
    bill=1.0,
    misses=3,
)

settings = Settings.load(None)
set_up_logging(settings.log_level)
Server(create_app(settings, schedule=QUICK), settings).run()
