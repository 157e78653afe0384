variable "public_url" {
  type        = string
  description = "PUBLIC_URL: https:// and the host name under which the bot is reached from outside, without a path."

  validation {
    condition     = can(regex("^https://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?$", var.public_url))
    error_message = "It begins with https:// and ends with the host name, for example https://casethread.example.com, without a path and without a slash at the end."
  }
}

variable "event_api_key" {
  type        = string
  sensitive   = true
  description = "EVENT_API_KEY. EventBridge sends it in the header X-Api-Key and keeps it in Secrets Manager. Terraform keeps it in its state as well: keep that where secrets may be."

  # No comma, which separates two keys in EVENT_API_KEY, and no colon, which EventBridge refuses.
  validation {
    condition     = can(regex("^[!-+\\--9;-~]{16,512}$", var.event_api_key))
    error_message = "It has 16 to 512 letters, digits and signs, without space, comma and colon. While you change the key, give the new one alone."
  }
}

variable "create_bot_policy" {
  type        = bool
  default     = true
  description = "Whether to create the policy with the twelve actions of AWS Support. false when there is a policy of this name already, or when the bot's credentials belong to another account."
}

variable "bot_role_name" {
  type        = string
  default     = null
  description = "Name (not ARN) of a role of this account to which the policy is attached, that of the bot's machine, task or pod. null: attach the policy yourself."

  validation {
    condition     = var.bot_role_name == null ? true : can(regex("^[\\w+=,.@-]{1,64}$", var.bot_role_name))
    error_message = "It is the name of a role of this account, not its ARN and without its path."
  }
}

variable "doctor_may_look" {
  type        = bool
  default     = true
  description = "Lets the bot read how connection, API destination, rules, roles, queue, event bus and CloudTrail stand. It can change nothing of them."
}

variable "calls" {
  type        = string
  default     = "changes"
  description = "EVENTS_CALLS: which calls to AWS Support the bot is told of. They come only while the account has a trail of CloudTrail that is logging (of all Regions, for the support plan); without one all else works, and nobody is named. changes: those that CloudTrail does not call reads. all: reads as well, but for those that the bot itself makes all day, unless root makes them or they fail."

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

variable "organization_id" {
  type        = string
  default     = null
  description = "Id of your organization (o-…). Its accounts may then forward case updates, and calls, to the default event bus of this account, and the bot may assume its role in them."

  validation {
    condition     = var.organization_id == null ? true : can(regex("^o-[a-z0-9]{10,32}$", var.organization_id))
    error_message = "It begins with o- and 10 to 32 small letters and digits follow, as \"aws organizations describe-organization\" shows it."
  }
}

variable "other_bus_statements" {
  type        = list(string)
  default     = []
  description = "With organization_id only: the statements that the policy of the default event bus has already, each as JSON. Terraform knows only the whole policy and would remove them."
}

variable "member_role_name" {
  type        = string
  default     = "casethread"
  description = "role_name of the module organization-member."

  validation {
    condition     = can(regex("^[\\w+=,.@-]{1,64}$", var.member_role_name))
    error_message = "It is the name of a role, not its ARN."
  }
}

variable "name" {
  type        = string
  default     = "casethread"
  description = "EVENTS_NAME. Another one lets a second bot have its own way of the events in this account."

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,40}$", var.name)) && !can(regex("-(calls|plans)$", var.name))
    error_message = "It has 1 to 40 letters, digits, hyphens and underscores, and ends neither with -calls nor with -plans."
  }
}
