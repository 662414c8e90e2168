def handler(event, context):
    try:
        work(event)
    except KeyError:
        pass


def work(event):
    return event["x"]
