export interface UserGroup {
  id: string;
  handle: string;
  users: readonly string[];
  isDisabled: boolean;
}
