export interface User {
  id: string;
  name: string;
  realName: string;
  displayName: string;
  isBot: boolean;
}
