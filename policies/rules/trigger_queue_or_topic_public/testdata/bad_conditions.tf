# Everyone meets these conditions, and the Deny is for one principal.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.orders.arn
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = "*", Principal = "*", Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:sns:*:*:*" } } }, # want "Principal is [*]"
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = "*", Principal = "*", Condition = { StringEqualsIfExists = { "aws:SourceAccount" = "123456789012" } } }, # want "Principal is [*]"
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = "*", NotPrincipal = { AWS = "arn:aws:iam::210987654321:role/former" } }, # want "except those in NotPrincipal"
      { Effect = "Allow", NotAction = "sqs:DeleteQueue", Resource = "*", Principal = "*" }, # want "Principal is [*]"
      { Effect = "Deny", Action = "sqs:SendMessage", Resource = "*", Principal = { AWS = "arn:aws:iam::210987654321:role/former" }, Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } } },
    ]
  })
}
