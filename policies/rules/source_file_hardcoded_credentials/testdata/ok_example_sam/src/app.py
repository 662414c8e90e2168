KEY = "AKIAIOSFODNN7EXAMPLE"


def handler(event, context):
    return KEY
