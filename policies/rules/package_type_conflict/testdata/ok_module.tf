# A module: whoever calls it passes the package with its handler, or an image.
variable "function_name" {
  type = string
}

variable "package_type" {
  type    = string
  default = "Zip"
}

variable "filename" {
  type    = string
  default = null
}

variable "handler" {
  type    = string
  default = null
}

variable "runtime" {
  type    = string
  default = null
}

variable "image_uri" {
  type    = string
  default = null
}

resource "aws_lambda_function" "this" {
  function_name = var.function_name
  role          = "arn:aws:iam::123456789012:role/this"
  package_type  = var.package_type
  filename      = var.package_type == "Zip" ? var.filename : null
  image_uri     = var.package_type == "Image" ? var.image_uri : null
  handler       = var.handler
  runtime       = var.runtime
}
