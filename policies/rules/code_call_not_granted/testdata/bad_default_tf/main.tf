# Variables with defaults decide about other policies, and a file sets the one that decides about this policy.
variable "with_table" {
  type    = bool
  default = true
}

variable "with_logs" {
  type    = bool
  default = false
}

variable "name" {
  type    = string
  default = "orders"
}

data "archive_file" "code" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "${path.module}/code.zip"
}

resource "aws_lambda_function" "orders" {
  function_name = var.name
  role          = aws_iam_role.orders.arn
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = data.archive_file.code.output_path
}

resource "aws_iam_role" "orders" {
  name = "${var.name}-role"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "orders" {
  role = "${var.name}-role"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["dynamodb:GetItem"], Resource = "arn:aws:dynamodb:*:*:table/${var.name}" },
    ]
  })
}

resource "aws_iam_role_policy" "table" {
  count = var.with_table ? 1 : 0
  role  = aws_iam_role.orders.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "dynamodb:PutItem", Resource = "*" }]
  })
}

resource "aws_iam_role_policy_attachment" "logs" {
  count      = var.with_logs ? 1 : 0
  role       = aws_iam_role.orders.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}
