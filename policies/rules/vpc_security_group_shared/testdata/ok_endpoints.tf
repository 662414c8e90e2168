# No function is in the group.
resource "aws_security_group" "endpoints" {
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_vpc_endpoint" "sqs" {
  vpc_id             = "vpc-0123456789abcdef0"
  service_name       = "com.amazonaws.eu-west-1.sqs"
  vpc_endpoint_type  = "Interface"
  security_group_ids = [aws_security_group.endpoints.id]
}

resource "aws_vpc_endpoint" "kms" {
  vpc_id             = "vpc-0123456789abcdef0"
  service_name       = "com.amazonaws.eu-west-1.kms"
  vpc_endpoint_type  = "Interface"
  security_group_ids = [aws_security_group.endpoints.id]
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
}
