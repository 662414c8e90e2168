import boto3

sts = boto3.client("sts")


def handler(event, context):
    names = []
    for region in event["regions"]:
        role = sts.assume_role(RoleArn=event["role"], RoleSessionName="orders")["Credentials"]
        s3 = boto3.client(
            "s3",
            aws_access_key_id=role["AccessKeyId"],
            aws_secret_access_key=role["SecretAccessKey"],
            aws_session_token=role["SessionToken"],
        )
        names += s3.list_buckets()["Buckets"]
        boto3.client("sns", region_name=region).publish(TopicArn=event["topic"], Message="done")
    return names
