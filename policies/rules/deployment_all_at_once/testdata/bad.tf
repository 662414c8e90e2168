resource "aws_codedeploy_deployment_group" "orders" {
  app_name               = "orders"
  deployment_group_name  = "orders"
  service_role_arn       = "arn:aws:iam::123456789012:role/deploy"
  deployment_config_name = "CodeDeployDefault.LambdaAllAtOnce" # want "aws_codedeploy_deployment_group.orders gives all traffic to a new version at once"
}

resource "aws_codedeploy_deployment_group" "returns" { # want "aws_codedeploy_deployment_group.returns has no alarm that stops the deployment of a faulty version"
  app_name               = "returns"
  deployment_group_name  = "returns"
  service_role_arn       = "arn:aws:iam::123456789012:role/deploy"
  deployment_config_name = "CodeDeployDefault.LambdaLinear10PercentEvery1Minute"
}
