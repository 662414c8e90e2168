import tempfile


def handler(event, context):
    with tempfile.TemporaryDirectory() as dir:
        return dir
