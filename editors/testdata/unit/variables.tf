variable "authorization" {
  description = "Who may call the webhook: é 😀"
  type        = string
  default     = "NONE"
}
