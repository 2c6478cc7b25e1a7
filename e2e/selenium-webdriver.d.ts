/** The part of selenium-webdriver that the suite uses; the package brings no types. */
declare module 'selenium-webdriver' {
  export interface WebDriver {
    get(url: string): Promise<void>;
    executeScript<T>(script: string): Promise<T>;
    wait<T>(condition: () => Promise<T>, timeoutMs: number, message: string): Promise<T>;
    quit(): Promise<void>;
  }
  export class Builder {
    usingServer(url: string): this;
    withCapabilities(capabilities: Readonly<Record<string, unknown>>): this;
    build(): Promise<WebDriver>;
  }
}
