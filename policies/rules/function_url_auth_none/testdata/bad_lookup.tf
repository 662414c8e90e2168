variable "stage" {
  type = string
}

variable "suffix" {
  type = string
}

locals {
  modes = {
    dev  = "NONE" # want "is public: AuthType is NONE"
    prod = "AWS_IAM"
  }
  parts = {
    dev  = "ONE"
    prod = "X"
  }
}

resource "aws_lambda_function_url" "by_text" {
  function_name      = "a"
  authorization_type = local.modes[join("", [var.stage])]
}

resource "aws_lambda_function_url" "by_loop" {
  function_name      = "b"
  authorization_type = [for stage, mode in local.modes : mode if stage == var.stage][0]
}

resource "aws_lambda_function_url" "otherwise" {
  function_name      = "c"
  authorization_type = try({ prod = "AWS_IAM" }[var.suffix], "NONE") # want "is public: AuthType is NONE"
}

resource "aws_lambda_function_url" "in_text" {
  function_name      = "d"
  authorization_type = "N${local.parts[var.stage]}" # want "is public: AuthType is NONE"
}

resource "aws_lambda_function_url" "changed" {
  function_name      = "e"
  authorization_type = upper(lookup({ dev = "none" }, var.stage, "aws_iam")) # want "is public: AuthType is NONE"
}
