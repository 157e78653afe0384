variable "central_bus_arn" {
  type        = string
  description = "central_bus_arn, an output of the module for the central account."

  validation {
    condition     = can(regex("^arn:aws(-[a-z]+)*:events:us-east-1:[0-9]{12}:event-bus/default$", var.central_bus_arn))
    error_message = "It is the ARN of the default event bus of the central account in us-east-1, for example arn:aws:events:us-east-1:111122223333:event-bus/default."
  }
}

variable "bot_role_arn" {
  type        = string
  description = "ARN of the role (or user) whose credentials the bot has. It has to exist already."

  validation {
    condition     = can(regex("^arn:aws(-[a-z]+)*:iam::[0-9]{12}:(role|user)/[\\w+=,.@/-]{1,576}$", var.bot_role_arn))
    error_message = "It is the ARN of an IAM role or user, for example arn:aws:iam::111122223333:role/casethread-bot; not of a session (sts) and not of the account's root."
  }
}

variable "external_id" {
  type        = string
  sensitive   = true
  description = "external_id of this account in CONFIG_FILE. Make up a long random text; who does not know it cannot assume the role by way of the bot."

  validation {
    condition     = can(regex("^[\\w+=,.@:/-]+$", var.external_id)) && length(var.external_id) >= 16 && length(var.external_id) <= 1224
    error_message = "It has 16 to 1224 letters, digits and the signs + = , . @ : / - _."
  }
}

variable "role_name" {
  type        = string
  default     = "casethread"
  description = "Name of the role that the bot assumes: member_role_name of the module for the central account, and the end of \"role\" in CONFIG_FILE."

  validation {
    condition     = can(regex("^[\\w+=,.@-]{1,64}$", var.role_name))
    error_message = "It is the name of a role, not its ARN."
  }
}

variable "doctor_may_look" {
  type        = bool
  default     = true
  description = "Lets the bot read whether the account has a trail that is logging, and what it records."
}

variable "calls" {
  type        = string
  default     = "changes"
  description = "calls of the module for the central account. Calls come only while the account has a trail of CloudTrail that is logging, be it the organization's."

  validation {
    condition     = contains(["none", "changes", "all"], var.calls)
    error_message = "It is none, changes or all."
  }
}

variable "plans" {
  type        = bool
  default     = true
  description = "Whether calls of AWS Support Plans are forwarded from us-west-2. false where your organization closes that Region: then what is done with the support plan is not told, all else is, and aws.us_west_2 may be any provider."
}

variable "name" {
  type        = string
  default     = "casethread"
  description = "Name of rules and queue. Another one lets a second bot follow the same account."

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,40}$", var.name)) && !can(regex("-(calls|plans)$", var.name))
    error_message = "It has 1 to 40 letters, digits, hyphens and underscores, and ends neither with -calls nor with -plans."
  }
}

variable "keep_undelivered" {
  type        = bool
  default     = false
  description = "Whether to have a queue, in us-east-1, for events that did not reach the central account within 24 hours. Not needed: the bot compares all cases with AWS from time to time and finds what no event told."
}
