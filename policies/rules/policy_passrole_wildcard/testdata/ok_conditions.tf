# Each of these conditions limits the services, the roles or the time.
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
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "orders" {
  name = "orders"
  role = aws_iam_role.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } } },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { StringEquals = { "aws:ResourceTag/team" = "orders" } } },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { DateLessThan = { "aws:CurrentTime" = "2030-01-01T00:00:00Z" } } },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { Bool = { "aws:ViaAWSService" = "true" } } },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { IpAddress = { "aws:SourceIp" = "203.0.113.0/24" } } },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { StringEqualsIfExists = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } } },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { StringEquals = { "aws:PrincipalType" = "User" } } },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { DateLessThan = { "aws:CurrentTime" = "2020-01-01T00:00:00Z" } } },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { Null = { "aws:PrincipalAccount" = "true" } } },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { IpAddress = { "aws:SourceIp" = "0.0.0.0/1" } } },
    ]
  })
}
