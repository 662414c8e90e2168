variable "name" {
  type = string
}

variable "source_path" {
  type    = any
  default = null
}

variable "local_existing_package" {
  type    = string
  default = null
}

data "external" "archive" {
  program = ["python3", "package.py"]
  query   = { source_path = jsonencode(var.source_path) }
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  role          = aws_iam_role.this.arn
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = var.local_existing_package != null ? var.local_existing_package : data.external.archive.result.filename
}

resource "aws_iam_role" "this" {
  name = var.name
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}
