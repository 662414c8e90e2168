variable "name" { type = string }
variable "runtime" { type = string }

resource "aws_lambda_function" "it" {
  function_name = var.name
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "a.b"
  runtime       = var.runtime
}

output "name" { value = aws_lambda_function.it.function_name }
