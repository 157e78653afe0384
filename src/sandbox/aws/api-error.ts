/**
 * A refusal as the AWS JSON 1.1 protocol carries it: `{"__type": name, "message": …}`. Client errors are HTTP 400
 * whatever their name; only InternalServerError is 500 (facts 2.2).
 */
export class ApiError extends Error {
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/** For input that breaks a constraint. The API model has no such error; AWS front ends answer it all the same. */
export function invalid(message: string): ApiError {
  return new ApiError('ValidationException', message);
}
