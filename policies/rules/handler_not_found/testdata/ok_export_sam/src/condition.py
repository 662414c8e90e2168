import os

if os.environ.get("STAGE") == "test":
    handler = None
else:
    from orders import handler
