def handler(event, context):
    return open("/tmp/cache").read()
