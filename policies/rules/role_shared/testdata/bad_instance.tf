data "aws_iam_policy_document" "lambda" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "own" { # want "Execution role aws_iam_role.own.0. is shared by aws_lambda_function.orders and aws_lambda_function.returns"
  count = 2

  name               = "own-${count.index}"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.own[0].arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = aws_iam_role.own[0].arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"
}

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = aws_iam_role.own[1].arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"
}

resource "aws_iam_role_policy_attachment" "own" {
  count = 2

  role       = aws_iam_role.own[count.index].name
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
}
