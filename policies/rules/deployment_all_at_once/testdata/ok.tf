resource "aws_codedeploy_deployment_group" "orders" {
  app_name               = "orders"
  deployment_group_name  = "orders"
  service_role_arn       = "arn:aws:iam::123456789012:role/deploy"
  deployment_config_name = "CodeDeployDefault.LambdaCanary10Percent5Minutes"
  alarm_configuration {
    enabled = true
    alarms  = ["orders-errors"]
  }
}

# It deploys to servers.
resource "aws_codedeploy_deployment_group" "servers" {
  app_name               = "servers"
  deployment_group_name  = "servers"
  service_role_arn       = "arn:aws:iam::123456789012:role/deploy"
  deployment_config_name = "CodeDeployDefault.AllAtOnce"
}
