variable "from_tfvars" {}
variable "from_auto" {}
variable "last_wins" { default = "default" }
variable "missing" {}
variable "typed" {
  type = object({
    timeout = number
    memory  = optional(number, 256)
  })
}
variable "secret" {
  default   = "hunter2"
  sensitive = true
}
variable "not_null" {
  default  = "python3.13"
  nullable = false
}
variable "checked" {
  default = "x"
  validation {
    condition     = var.checked == "never"
    error_message = "validation is not ours"
  }
}

resource "aws_lambda_function" "f" {
  function_name = var.from_tfvars
  handler       = var.from_auto
  description   = var.checked
  runtime       = var.not_null
  timeout       = var.typed.timeout
  memory_size   = var.typed.memory
  layers        = [var.last_wins]
  environment {
    variables = {
      MISSING   = var.missing
      SECRET    = var.secret
      WORKSPACE = terraform.workspace
    }
  }
}
