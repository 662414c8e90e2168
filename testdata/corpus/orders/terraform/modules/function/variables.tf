variable "name" {
  description = "Name of the function."
  type        = string
}

variable "role_arn" {
  description = "Execution role of the function."
  type        = string
}

variable "handler" {
  type = string
}

variable "runtime" {
  type    = string
  default = "python3.13"
}

variable "timeout" {
  description = "Seconds that an invocation may take."
  type        = number
  default     = 10
}

variable "memory_size" {
  type    = number
  default = 256
}

variable "tracing" {
  description = "Active or PassThrough."
  type        = string
  default     = "Active"
}

variable "log_retention_days" {
  description = "Days after which logs are deleted; 0: never."
  type        = number
  default     = 90
}

variable "bucket" {
  description = "Bucket with the package."
  type        = string
}

variable "key" {
  description = "Key of the package."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts the environment; null: the key that AWS manages."
  type        = string
  default     = null
}

variable "environment" {
  type    = map(string)
  default = {}
}
