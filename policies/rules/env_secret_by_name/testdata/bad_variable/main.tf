# The names of the variables do not tell that they pass on secrets.
variable "text" {
  type    = string
  default = "Winter-in-Bergen-04" # want "has a secret in environment variable DB_PASSWORD"
}

variable "settings" {
  type    = map(string)
  default = { value = "k7Qd0vXm2KzR9tLw" } # want "has a secret in environment variable STRIPE_API_KEY"
}

variable "first_half" {
  type    = string
  default = "Summer-in-"
}

variable "stage" {
  type = string
}

variable "from_file" {
  type    = string
  default = ""
}

variable "api_token" {
  type      = string
  sensitive = true
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      DB_PASSWORD    = var.text
      STRIPE_API_KEY = var.settings.value
      ADMIN_PASSWORD = "${var.first_half}Bergen-05" # want "has a secret in environment variable ADMIN_PASSWORD"
      USER_PASSWORD  = var.from_file
      API_TOKEN      = var.api_token
      ROOT_PASSWORD  = var.stage # unknown
    }
  }
}
