def find(event, context):
    return event
