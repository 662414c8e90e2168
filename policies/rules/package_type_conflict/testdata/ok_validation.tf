# A module whose variables reject their defaults: each caller passes a runtime and a handler.
variable "package_type" {
  type    = string
  default = "Zip"
}

variable "runtime" {
  type    = string
  default = null

  validation {
    condition     = lower(var.package_type) != "zip" || (var.runtime != null && var.runtime != "")
    error_message = "Set a runtime for a Zip package."
  }
}

variable "handler" {
  type    = string
  default = null

  validation {
    condition     = var.handler != null
    error_message = "Set a handler."
  }
}

resource "aws_lambda_function" "this" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/this"
  package_type  = var.package_type
  filename      = "orders.zip"
  handler       = var.handler
  runtime       = var.runtime
}
