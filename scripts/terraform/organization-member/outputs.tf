output "account" {
  description = "The entry of this account in CONFIG_FILE, below \"accounts:\". Its external_id is the one you gave."
  value       = "- {id: \"${data.aws_caller_identity.current.account_id}\", role: \"${aws_iam_role.bot.arn}\"}"
}

output "role_arn" {
  description = "The role that the bot assumes: \"role\" of this account in CONFIG_FILE."
  value       = aws_iam_role.bot.arn
}
