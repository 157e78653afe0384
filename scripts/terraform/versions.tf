# The way of the events of one account, and what the bot may do in it: the same that `npm run connect` makes, under the
# same names. For an organization this is the module of the account in which the bot lives; organization-member/ is for
# the others. The provider aws is for us-east-1, aws.us_west_2 for us-west-2, where changes of the support plan are
# recorded. The README says how to use both.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = ">= 5.40, < 7.0"
      configuration_aliases = [aws.us_west_2]
    }
  }
}
