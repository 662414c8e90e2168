def handler(event, context):
    try:
        work(event)
    except Exception:
        print("failed")


def work(event):
    return event["x"]
