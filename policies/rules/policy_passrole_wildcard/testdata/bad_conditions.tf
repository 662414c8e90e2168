# None of these conditions limits the services or the roles.
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
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { StringLike = { "iam:PassedToService" = "*.amazonaws.com" } } }, # want "allows iam:PassRole"
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { StringEqualsIfExists = { "aws:SourceAccount" = "123456789012" } } }, # want "allows iam:PassRole"
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { NotIpAddress = { "aws:SourceIp" = "203.0.113.0/24" } } }, # want "allows iam:PassRole"
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { IpAddress = { "aws:SourceIp" = "0.0.0.0/0" } } }, # want "allows iam:PassRole"
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { StringEquals = { "aws:ResourceAccount" = "123456789012" } } }, # want "allows iam:PassRole"
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { DateGreaterThan = { "aws:CurrentTime" = "2024-01-01T00:00:00Z" } } }, # want "allows iam:PassRole"
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { Null = { "aws:TokenIssueTime" = "false" } } }, # want "allows iam:PassRole"
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { "ForAllValues:StringEquals" = { "aws:TagKeys" = "team" } } }, # want "allows iam:PassRole"
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { IpAddress = { "aws:SourceIp" = ["0.0.0.0/1", "128.0.0.0/1"] } } }, # want "allows iam:PassRole"
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { StringEqualsIfExists = { "ec2:InstanceType" = "t3.micro" } } }, # want "allows iam:PassRole"
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { StringNotEquals = { "lambda:FunctionUrlAuthType" = "NONE" } } }, # want "allows iam:PassRole"
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { StringEquals = { "aws:PrincipalType" = "AssumedRole" } } }, # want "allows iam:PassRole"
    ]
  })
}
