variable "config" {
  type = string
}

variable "alarms" {
  type = list(string)
}

resource "aws_codedeploy_deployment_group" "orders" {
  app_name               = "orders"
  deployment_group_name  = "orders"
  service_role_arn       = "arn:aws:iam::123456789012:role/deploy"
  deployment_config_name = var.config
}

resource "aws_codedeploy_deployment_group" "returns" {
  app_name               = "returns"
  deployment_group_name  = "returns"
  service_role_arn       = "arn:aws:iam::123456789012:role/deploy"
  deployment_config_name = "CodeDeployDefault.LambdaCanary10Percent5Minutes"
  alarm_configuration {
    enabled = true
    alarms  = var.alarms
  }
}
