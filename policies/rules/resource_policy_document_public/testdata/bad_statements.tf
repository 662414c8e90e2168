# Everyone meets these conditions, and the Deny statements are for one principal or another action.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "awscc_lambda_resource_policy" "orders" {
  resource_arn = aws_lambda_function.orders.arn
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "lambda:InvokeFunction", Principal = "*", Condition = { StringEqualsIfExists = { "aws:SourceAccount" = "123456789012" } } }, # want "Principal is [*]"
      { Effect = "Allow", Action = "lambda:InvokeFunction", NotPrincipal = { AWS = "arn:aws:iam::210987654321:role/former" } }, # want "except those in NotPrincipal"
      { Effect = "Allow", Action = "lambda:InvokeFunction", Principal = { Service = "sns.amazonaws.com" }, Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:sns:*:*:*" } } }, # want "confused deputy"
      { Effect = "Deny", Action = "lambda:InvokeFunction", Principal = { AWS = "arn:aws:iam::210987654321:role/former" } },
      { Effect = "Deny", Action = "lambda:DeleteFunction", Principal = "*" },
    ]
  })
}
