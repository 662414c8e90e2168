variable "token" {
  type = string
}

variable "privileged" {
  type = bool
}

variable "buildspec" {
  type = string
}

variable "kind" {
  type = string
}

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
    privileged_mode = var.privileged

    environment_variable {
      name  = "NPM_TOKEN"
      value = var.token
    }

    environment_variable {
      name  = "DB_PASSWORD"
      value = "s7Kp-hunter-22"
      type  = var.kind
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

resource "aws_codebuild_project" "other" {
  name         = "other"
  service_role = "arn:aws:iam::123456789012:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
    type            = "LINUX_CONTAINER"
    privileged_mode = true
  }

  source {
    type      = "NO_SOURCE"
    buildspec = var.buildspec
  }
}
