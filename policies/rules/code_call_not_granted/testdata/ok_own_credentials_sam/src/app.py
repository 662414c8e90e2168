import boto3


def handler(event, context):
    given = boto3.client("sts").assume_role(RoleArn="arn:aws:iam::111122223333:role/other", RoleSessionName="orders")["Credentials"]
    s3 = boto3.client(
        "s3",
        aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"],
        aws_session_token=given["SessionToken"],
    )
    s3.put_object(Bucket="orders", Key=event["id"])
    boto3.Session(profile_name="other").client("sqs").send_message(QueueUrl="orders", MessageBody="")
