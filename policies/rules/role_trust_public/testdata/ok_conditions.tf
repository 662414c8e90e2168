# Each of these conditions excludes other accounts.
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
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { "ForAllValues:StringEquals" = { "aws:PrincipalArn" = "arn:aws:iam::123456789012:role/ci" } } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5", "aws:PrincipalTag/team" = "orders" } } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { IpAddress = { "aws:SourceIp" = "203.0.113.0/24" } } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { StringLike = { "sts:ExternalId" = "orders-*" } } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { DateLessThan = { "aws:CurrentTime" = "2020-01-01T00:00:00Z" } } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { NumericLessThan = { "aws:MultiFactorAuthAge" = "0" } } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { StringNotLike = { "aws:PrincipalArn" = "*" } } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { Null = { "aws:PrincipalServiceName" = "false" } } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { StringEqualsIfExists = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" }, Null = { "aws:PrincipalOrgID" = "false" } } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { DateGreaterThan = { "aws:CurrentTime" = "2098-01-01T00:00:00Z" }, DateLessThan = { "aws:CurrentTime" = "2097-01-01T00:00:00Z" } } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { Bool = { "aws:SecureTransport" = "true" }, BoolIfExists = { "aws:SecureTransport" = "false" } } },
    ]
  })
}
