"""What gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlarch.settings")

# A page leaves little garbage that only a collection finds: looking for it several times a page cost a twentieth.
gc.set_threshold(10_000, 10, 10)

application = get_wsgi_application()
