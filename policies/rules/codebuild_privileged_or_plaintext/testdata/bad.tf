resource "aws_codebuild_project" "build" {
  name         = "build"
  service_role = "arn:aws:iam::123456789012:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
    type            = "LINUX_CONTAINER"
    privileged_mode = true # want "aws_codebuild_project.build runs in privileged mode"

    environment_variable {
      name  = "NPM_TOKEN"
      value = "kq8WmP2xTz7LsRv4" # want "aws_codebuild_project.build has a secret in environment variable NPM_TOKEN of type PLAINTEXT"
    }

    environment_variable {
      name  = "DB_PASSWORD"
      value = "s7Kp-hunter-22" # want "DB_PASSWORD"
      type  = "PLAINTEXT"
    }
  }

  source {
    type      = "NO_SOURCE"
    buildspec = <<-EOT
      version: 0.2
      phases:
        build:
          commands:
            - npm ci
    EOT
  }
}
