# The validation accepts the default.
variable "runtime" {
  type    = string
  default = null # want "aws_lambda_function.this has no runtime"

  validation {
    condition     = var.runtime == null || can(regex("^python", var.runtime))
    error_message = "Set a runtime for Python."
  }
}

resource "aws_lambda_function" "this" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/this"
  filename      = "orders.zip"
  handler       = "app.handler"
  runtime       = var.runtime
}
