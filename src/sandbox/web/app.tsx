import './theme.css';
import { Shell } from './shell/shell.js';

export function App() {
  return <Shell />;
}
