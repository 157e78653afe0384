import { stringIn } from '../../../../slack/json-object.js';
import { NotDrawn } from '../not-drawn.js';
import { Button } from './button.js';
import { Choices } from './choices.js';
import { FileInput } from './file-input.js';
import { Overflow } from './overflow.js';
import { Picker } from './picker.js';
import { Select } from './select.js';
import { TextInput } from './text-input.js';
import type { ElementProps } from './use-element.js';
import './elements.css';

/** One element of Block Kit. The library draws these too, but nobody would hear of what is done to them. */
export function Element(props: ElementProps) {
  const type = String(props.element.type);
  switch (type) {
    case 'button':
      return <Button {...props} />;
    case 'overflow':
      return <Overflow {...props} />;
    case 'radio_buttons':
    case 'checkboxes':
      return <Choices {...props} />;
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <Picker {...props} />;
    case 'plain_text_input':
    case 'rich_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return <TextInput {...props} />;
    case 'file_input':
      return <FileInput {...props} />;
    case 'image':
      return (
        <img
          alt={stringIn(props.element, 'alt_text') ?? ''}
          className="slk-thumbnail"
          src={stringIn(props.element, 'image_url')}
        />
      );
    default:
      return type.endsWith('_select') ? <Select {...props} /> : <NotDrawn type={type} what="element" />;
  }
}
