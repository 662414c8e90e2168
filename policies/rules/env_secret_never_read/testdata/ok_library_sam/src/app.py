import weather


def handler(event, context):
    return weather.today()
