# Every account can meet these conditions.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { StringEqualsIfExists = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } } }, # want "public trust policy"
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { "ForAllValues:StringEquals" = { "aws:SourceVpce" = "vpce-0a1b2c3d" } } }, # want "public trust policy"
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/ci" } } }, # want "public trust policy"
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { StringLike = { "aws:PrincipalOrgID" = "o-*" } } }, # want "public trust policy"
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { IpAddress = { "aws:SourceIp" = ["0.0.0.0/0", "::/0"] } } }, # want "public trust policy"
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { NotIpAddress = { "aws:SourceIp" = "203.0.113.0/24" } } }, # want "public trust policy"
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { Null = { "sts:ExternalId" = "false" } } }, # want "public trust policy"
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { Bool = { "aws:PrincipalIsAWSService" = "false" } } }, # want "public trust policy"
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { StringEquals = { "aws:PrincipalTag/team" = "orders" } } }, # want "public trust policy"
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { DateLessThan = { "aws:CurrentTime" = "2099-01-01T00:00:00Z" } } }, # want "public trust policy"
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { DateGreaterThan = { "aws:CurrentTime" = "2020-01-01T00:00:00Z" } } }, # want "public trust policy"
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { IpAddress = { "aws:SourceIp" = ["0.0.0.0/1", "128.0.0.0/1"] } } }, # want "public trust policy"
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { StringEquals = { "aws:PrincipalOrgID" = "$${aws:PrincipalOrgID}" } } }, # want "public trust policy"
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::*" } } }, # want "public trust policy"
    ]
  })
}
