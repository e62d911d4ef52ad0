export function findBrowser(): Promise<{ path: string; env: Record<string, string> }>;
